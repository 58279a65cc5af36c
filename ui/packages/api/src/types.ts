/** The server's answers under the desk's names. The shapes come from the API description. */
import type { components } from "./schema";

type Schemas = components["schemas"];

/** A name in one language, or in several by BCP 47 code. */
export type LocalName = string | Readonly<Record<string, string>>;

export type Session = Schemas["SessionOut"];
export type PhoneSettings = Schemas["PhoneSettings"];
export type DeskPhone = Schemas["DeskPhone"];
export type MyDevices = Schemas["DevicesView"];
export type DevicesInput = Schemas["DevicesIn"];
export type DeviceRules = Schemas["DeviceRulesData"];
export type WorkSetting = Schemas["WorkSettingView"];
export type WorkValues = Schemas["WorkSettingData"];
export type DeskSettings = Schemas["DeskSettings"];
export type Queue = Schemas["QueueView"];
export type AgentSummary = Schemas["AgentView"];
export type ScreenPop = Schemas["ScreenPop"];

export type Customer = Schemas["CustomerView"];
export type CustomerInput = Schemas["NewCustomer"];
export type Asset = Schemas["AssetView"];
export type AssetInput = Schemas["NewAsset"];

export type ContactSummary = Schemas["ContactView"];
export type FollowUp = Schemas["FollowUpView"];
export type EarlierContact = Schemas["EarlierContact"];
export type ContactDetail = Schemas["ContactDetailView"];
export type TimelineItem = Schemas["TimelineView"];
export type RecordingView = Schemas["RecordingView"];
export type Peaks = Schemas["PeaksView"];

export type Callback = Schemas["CallbackView"];
export type CallbackSettings = Schemas["CallbackSettingsData"];
export type BookedCallback = Schemas["BookedView"];
export type BookingInput = Schemas["BookingIn"];
export type CallbackPop = Schemas["CallbackPop"];
export type Message = Schemas["MessageView"];

export type QueueReport = Schemas["ReportView"];
export type ReportRow = Schemas["ReportRowView"];
export type FigureInfo = Schemas["FigureView"];

export type AgentDay = Schemas["DayView"];
export type DayInterval = Schemas["DayInterval"];

export type Person = Schemas["PersonOut"];
export type PersonInput = Schemas["PersonIn"];
export type PersonChange = Schemas["PersonPatch"];

export type QueueInput = Schemas["NewQueue"];
export type QueueChange = Schemas["QueueChange"];
export type AgentInput = Schemas["AgentIn"];
export type EntryPoint = Schemas["EntryPointView"];
export type EntryPointInput = Schemas["EntryPointIn"];
export type Trunk = Schemas["TrunkView"];
export type TrunkInput = Schemas["TrunkIn"];
export type Flow = Schemas["FlowView"];

export type Group = Schemas["GroupView"];
export type GroupInput = Schemas["NewGroup"];
export type GroupChange = Schemas["GroupChange"];
export type Skill = Schemas["SkillView"];
export type SkillInput = Schemas["NewSkill"];
export type SkillChange = Schemas["SkillChange"];
export type SkillsMatrix = Schemas["Matrix"];
export type MatrixCell = Schemas["CellIn"];
export type RoutingSettings = Schemas["UsualView"];
export type RoutingSettingsInput = Schemas["UsualIn"];
export type Change = Schemas["ChangeView"];
export type BreakReason = Schemas["ReasonView"];
export type BreakReasonInput = Schemas["ReasonIn"];
export type RefusalReason = Schemas["RefusalReasonView"];
export type RefusalReasonInput = Schemas["RefusalReasonIn"];

export type RuleProblem = Schemas["RequirementProblemView"];
export type RuleStep = Schemas["StepView"];
export type RuleCheck = Schemas["CheckView"];
export type RulePreview = Schemas["RequirementsPreviewView"];
export type RulePreviewStep = RulePreview["steps"][number];

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Schedule = Schemas["ScheduleView"];
export type ScheduleState = Schemas["StateView"];
export type ScheduleUse = Schemas["ScheduleUse"];
export type ScheduleChange = Schemas["ScheduleChange"];
export type NewSchedule = Schemas["NewSchedule"];
export type DayHours = Schemas["DayHoursView"];
export type Hours = Schemas["HoursView"];
export type SpecialDay = Schemas["HolidayView"];
export type SpecialDayInput = Schemas["DayIn"];
export type Country = Schemas["CountryView"];
export type ImportSource = Schemas["ImportSource"];
export type ImportPreview = Schemas["PreviewView"];
export type ImportInput = Schemas["ImportIn"];
export type Closing = Schemas["ClosingView"];
export type ClosingInput = Schemas["ClosingIn"];

export type CallerRule = Schemas["CallerRuleView"];
export type CallerRuleInput = Schemas["CallerRuleIn"];
export type CallerRuleProblem = Schemas["RowProblemView"];
export type HeldRules = Schemas["HeldView"];
export type CustomerClass = Schemas["ClassView"];
export type CustomerClassInput = Schemas["ClassIn"];
export type Hook = Schemas["HookView"];
export type HookInput = Schemas["HookIn"];
export type HookTrial = Schemas["TryIn"];
export type HookTried = Schemas["TryView"];

export type AddressEntry = Schemas["AddressEntryView"];
export type AddressEntryInput = Schemas["NewAddressEntry"];
export type AddressEntryChange = Schemas["AddressEntryChange"];
export type Directory = Schemas["DirectoryView"];
export type OwnTarget = Schemas["OwnTargetView"];
export type TargetInput = Schemas["DialTargetIn"];
export type KeptTargetInput = Schemas["KeptTargetIn"];
export type BookSettings = Schemas["BookSettings"];

type Loose<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;
export type DialInput = Loose<Schemas["DialIn"], "number" | "override_do_not_call">;
export type Reach = Schemas["ReachData"];
export type CallWish = Schemas["WishView"];
export type ParkedCall = Schemas["ParkedCall"];
export type StandardSound = Schemas["DeskSound"];
export type OwnCall = Schemas["OwnCallView"];
export type OwnCallKind = OwnCall["kind"];
export type Colleague = Schemas["ColleagueOut"];
export type Room = Schemas["RoomOut"];
export type RoomPerson = Schemas["RoomPerson"];
export type ColleagueMessage = Schemas["MessageOut"];
export type NewColleagueMessage = Schemas["NewMessage"];
export type Notice = Schemas["NoticeOut"];
export type NoticeInput = Schemas["NoticeIn"];
export type NoticeReader = Schemas["ReaderOut"];
export type HelpRequest = Schemas["HelpOut"];
export type HelpInput = Schemas["HelpIn"];

export type DialSettings = Required<Schemas["DialSettingsData"]>;
export type DialRule = Schemas["DialRuleView"];
export type DialRuleInput = Required<Schemas["DialRuleData"]>;
export type DialAnswer = Schemas["DialAnswer"];
export type ReachTarget = Schemas["TargetData"];
export type Roster = Schemas["DutyRosterView"];
export type RosterInput = Required<Schemas["DutyRosterData"]>;
export type OnDuty = Schemas["OnDutyData"];
export type DutyShift = Schemas["ShiftData"];
export type DutySubstitution = Schemas["SubstitutionData"];

export type CustomerImport = Schemas["ImportView"];
export type ImportChoice = Schemas["ImportChoice"];
export type ImportPreviewPage = Schemas["ImportPreview"];
export type ImportLine = Schemas["ImportLineView"];
export type ImportTarget = Schemas["ImportTargetView"];

export type CustomerLine = Schemas["CustomerLine"];
export type CustomerChange = Schemas["CustomerChange"];
export type CustomerNumber = Customer["numbers"][number];
export type CustomerAddress = Customer["addresses"][number];
export type CustomerWarning = Customer["warnings"][number];
export type AssetChange = Schemas["AssetChange"];

export type Company = Schemas["CompanyView"];
export type CompanyChange = Schemas["CompanyChange"];
export type CompanyInput = Schemas["NewCompany"];
export type OwnField = Schemas["FieldView"];
export type OwnFieldInput = Schemas["NewField"];
export type OwnFieldChange = Schemas["FieldChange"];
export type NumberHint = Schemas["NumberHintView"];
export type NumberHintInput = Schemas["NumberHintIn"];
export type Tag = Schemas["TagView"];
export type Purchase = Schemas["PurchaseView"];
export type PurchaseInput = Schemas["PurchaseChange"];
export type LikelySame = Schemas["LikelyView"];
export type ToldApart = Schemas["ApartView"];
export type Merge = Schemas["MergeView"];
export type MergeInput = Schemas["MergeIn"];

export type KeptSound = Schemas["SoundView"];
export type StandardSoundInput = Schemas["SoundIn"];
export type NewStandardSound = Schemas["NewSound"];
export type Task = Schemas["TaskView"];
export type TaskInput = Partial<Schemas["TaskIn"]> & { readonly title: string };
export type DeskWork = Schemas["WorkView"];
export type Disposition = Schemas["DispositionView"];
export type DispositionChoice = Schemas["DispositionChoice"];
export type QueueDesk = Schemas["QueueDeskView"];
export type QueueDeskInput = Schemas["QueueDeskIn"];
export type ContactNote = Schemas["NoteView"];
export type QuickNote = Schemas["QuickNoteView"];
export type QuickNoteInput = Schemas["QuickNoteIn"];
export type FeatureCode = Schemas["FeatureCode"];
export type CodeData = Schemas["CodeData"];
export type InnerNumber = Schemas["InnerNumber"];
export type InnerNumbers = Schemas["InnerNumbers"];
export type EmbeddingSettings = Schemas["EmbeddingData"];

export type ArticleNode = Schemas["TextNode"];
export type TextPiece = Schemas["TextPiece"];
export type ArticleLine = Omit<FoundArticle, "title_pieces" | "excerpt">;
export type FoundArticle = Schemas["FoundArticle"];
export type Article = Schemas["ArticleView"];
export type SuggestedArticle = Schemas["SuggestedArticle"];
export type SuggestionReason = Schemas["SuggestionReason"];
export type UsedArticle = Schemas["UsedArticle"];
export type ArticleUse = Schemas["UseIn"]["how"];
export type SentArticle = Schemas["SentArticle"];
export type EditedArticle = Schemas["EditedArticle"];
export type EditedLine = Schemas["EditedLine"];
export type ArticleInput = Schemas["ContentIn"];
export type ArticleVersion = Schemas["VersionLine"];
export type ArticleChange = Schemas["FieldChangeView"];
