/** The parts of the administration, who sees them, and their pages (loaded when first opened). */
import { lazy, type ComponentType, type ReactNode } from "react";
import { useTexts } from "@/i18n";

export interface Area {
  /** Below /admin. */
  readonly path: string;
  /** Key of the catalogue. */
  readonly label: string;
  readonly group: "people" | "routing" | "customers" | "entrances" | "record";
  /** Every one of these permissions is needed. */
  readonly may: readonly string[];
  readonly page: ComponentType;
}

/** A list under its heading. */
function framed(label: string, load: () => Promise<ComponentType>): ComponentType {
  return lazy(async () => {
    const List = await load();
    return {
      default: function Framed(): ReactNode {
        return (
          <div className="page">
            <div className="page-head">
              <h1>{useTexts().t(label)}</h1>
            </div>
            <section className="panel">
              <div className="body">
                <List />
              </div>
            </section>
          </div>
        );
      },
    };
  });
}

export const AREAS: readonly Area[] = [
  { path: "people", label: "admin.people", group: "people", may: ["people.view"], page: framed("admin.people", async () => (await import("./PeopleTab")).PeopleTab) },
  { path: "groups", label: "admin_area.groups", group: "people", may: ["queues.view"], page: lazy(() => import("./groups/GroupsPage")) },
  { path: "skills", label: "admin_area.skills", group: "people", may: ["queues.view"], page: lazy(() => import("./matrix/SkillsPage")) },
  { path: "devices", label: "admin_devices.title", group: "people", may: ["people.manage"], page: lazy(() => import("./devices/DevicesPage")) },
  { path: "queues", label: "admin.queues", group: "routing", may: ["queues.view"], page: lazy(() => import("./queues/QueuesPage")) },
  { path: "routing", label: "admin_area.routing", group: "routing", may: ["queues.manage"], page: lazy(() => import("./routing/RoutingPage")) },
  { path: "hours", label: "admin_area.hours", group: "routing", may: ["queues.view"], page: lazy(() => import("./hours/HoursPage")) },
  { path: "callers", label: "admin_area.callers", group: "routing", may: ["queues.manage"], page: lazy(() => import("./callers/CallersPage")) },
  { path: "hooks", label: "admin_area.hooks", group: "routing", may: ["queues.manage"], page: lazy(() => import("./hooks/HooksPage")) },
  {
    path: "choices",
    label: "admin.choices",
    group: "routing",
    may: ["queues.manage", "desk.use"],
    page: framed("admin.choices", async () => (await import("./ChoicesTab")).ChoicesTab),
  },
  { path: "dispositions", label: "choices.disposition", group: "routing", may: ["queues.manage"], page: lazy(() => import("./dispositions/DispositionsPage")) },
  { path: "quick-notes", label: "admin_area.quick_notes", group: "routing", may: ["queues.manage", "desk.use"], page: lazy(() => import("./notes/QuickNotesPage")) },
  { path: "callbacks", label: "admin_area.callbacks", group: "routing", may: ["queues.manage"], page: lazy(() => import("./callbacks/CallbacksPage")) },
  { path: "dialling", label: "admin_area.dialling", group: "routing", may: ["queues.manage"], page: lazy(() => import("./dialling/DiallingPage")) },
  { path: "duty", label: "admin_area.duty", group: "routing", may: ["queues.view"], page: lazy(() => import("./duty/DutyPage")) },
  { path: "fields", label: "admin_area.fields", group: "customers", may: ["customers.manage"], page: lazy(() => import("./fields/FieldsPage")) },
  { path: "tags", label: "admin_area.tags", group: "customers", may: ["customers.manage"], page: lazy(() => import("./tags/TagsPage")) },
  { path: "hints", label: "admin_area.hints", group: "customers", may: ["customers.edit"], page: lazy(() => import("./hints/HintsPage")) },
  { path: "sounds", label: "admin_area.sounds", group: "routing", may: ["queues.manage", "desk.use"], page: lazy(() => import("./sounds/SoundsPage")) },
  { path: "entries", label: "admin.entries", group: "entrances", may: ["settings.manage"], page: framed("admin.entries", async () => (await import("./EntriesTab")).EntriesTab) },
  { path: "trunks", label: "admin.trunks", group: "entrances", may: ["settings.manage"], page: framed("admin.trunks", async () => (await import("./TrunksTab")).TrunksTab) },
  { path: "keypad", label: "admin_area.keypad", group: "entrances", may: ["settings.manage", "desk.use"], page: lazy(() => import("./keypad/KeypadPage")) },
  { path: "embedding", label: "admin_area.embedding", group: "entrances", may: ["settings.manage"], page: lazy(() => import("./embedding/EmbeddingPage")) },
  { path: "changes", label: "admin_area.changes", group: "record", may: ["audit.view"], page: lazy(() => import("./changes/ChangesPage")) },
];
