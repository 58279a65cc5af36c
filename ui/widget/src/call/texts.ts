/** Every word of the call panel, in both languages. */

export type Language = "zh-CN" | "en";

const zh = {
  title: "在线通话",
  launcher: "呼叫客服",
  close: "收起",
  microphoneAsking: "请允许使用麦克风",
  connecting: "正在接通…",
  menu: "请听语音提示，按键选择",
  waiting: "正在排队，请稍候",
  waitingPlace: "您排在第 {place} 位，请稍候",
  ringing: "正在转接客服，请稍候",
  talking: "正在与客服通话",
  holding: "客服请您稍候，通话保持中",
  rejoining: "客服的网络中断，正在重新接通",
  ended: "通话已结束",
  endedBySelf: "您已挂断",
  endedLost: "线路中断，通话已结束。抱歉，请再呼叫一次。",
  lasted: "通话时长 {time}",
  article: "客服给您发来一篇说明：点此打开",
  linkDown: "网络不稳，正在重连…",
  soundBlocked: "点一下页面任意处即可听到声音",
  again: "再次呼叫",
  hangUp: "挂断",
  mute: "静音",
  unmute: "取消静音",
  keypad: "拨号键盘",
  key: "按键 {key}",
  you: "您",
  agent: "对方",
  volume: "音量",
  timer: "通话时间",
  keyboardHint: "也可以直接按键盘上的数字键",
  backOffer: "请给我回电",
  backTitle: "我们给您回电",
  backAbout: "事由",
  backNumber: "您的电话号码",
  backName: "称呼（可不填）",
  backWhen: "什么时间（可不填：尽快）",
  backBooked: "好的，我们会在这个时间拨打您的电话。",
  backPassed: "这个时间已经过去，请选择以后的时间。",
  backFar: "这个日期太远，请选择较早的日期。",
  backClosed: "我们在这个时间不营业，请选择其他时间。",
  backAsk: "请给我回电",
  backDone: "好的，轮到您时我们会拨打您的电话。",
  backNotAllowed: "我们无法拨打这个号码，请检查区号。",
  backAlready: "您已经在等候我们的回电。",
  backTooMany: "请求次数过多，请稍后再试。",
  backFailed: "暂时无法登记，请过一会儿再试。",
  "problem.denied": "浏览器没有使用麦克风的权限。请点击地址栏左侧的图标，允许使用麦克风，然后再次呼叫。",
  "problem.missing": "没有找到麦克风。请接上耳机或麦克风，然后再次呼叫。",
  "problem.busy-microphone": "麦克风正被其他程序占用。请关闭那个程序，然后再次呼叫。",
  "problem.insecure": "浏览器只允许在安全页面（https）上使用麦克风。请用 https 地址打开本页。",
  "problem.unsupported": "这个浏览器不支持网页通话。请换用新版 Chrome、Edge、Firefox 或 Safari。",
  "problem.unreachable": "暂时联系不上客服中心。请检查网络，过一会儿再试。",
  "problem.busy": "线路繁忙，请过一会儿再呼叫。",
  "problem.too-many": "呼叫次数过多，请过几分钟再试。",
  "problem.closed": "这个网页呼叫入口没有开放。",
  "problem.sound-lost": "网络中断，声音无法传送，通话已结束。请再呼叫一次。",
} as const;

export type TextKey = keyof typeof zh;

const en: Record<TextKey, string> = {
  title: "Web call",
  launcher: "Call us",
  close: "Close",
  microphoneAsking: "Please allow the microphone",
  connecting: "Connecting…",
  menu: "Listen to the menu and press a key",
  waiting: "You are in the queue, please hold on",
  waitingPlace: "You are number {place} in the queue",
  ringing: "Putting you through to a colleague",
  talking: "Talking with our colleague",
  holding: "You are on hold for a moment",
  rejoining: "Our colleague's network broke, reconnecting",
  ended: "The call has ended",
  endedBySelf: "You hung up",
  endedLost: "The line broke and the call has ended. Sorry: please call again.",
  lasted: "The call lasted {time}",
  article: "The agent has sent you a page: open it",
  linkDown: "Unstable network, reconnecting…",
  soundBlocked: "Touch the page to hear the sound",
  again: "Call again",
  hangUp: "Hang up",
  mute: "Mute",
  unmute: "Unmute",
  keypad: "Keypad",
  key: "Key {key}",
  you: "You",
  agent: "Them",
  volume: "Volume",
  timer: "Time of the call",
  keyboardHint: "The digits of your keyboard work too",
  backOffer: "Call me back",
  backTitle: "We call you back",
  backAbout: "About",
  backNumber: "Your telephone number",
  backName: "Your name (if you like)",
  backWhen: "When (empty: as soon as possible)",
  backBooked: "Thank you: we will call you at that time.",
  backPassed: "This time has passed already: please choose one that is still to come.",
  backFar: "This is too far ahead: please choose an earlier day.",
  backClosed: "We are closed at that time: please choose another one.",
  backAsk: "Call me back",
  backDone: "Thank you: we will call you when it is your turn.",
  backNotAllowed: "We cannot call this number: please check the area code.",
  backAlready: "You are waiting for our call already.",
  backTooMany: "Too many requests from here. Please try again later.",
  backFailed: "This cannot be arranged just now. Please try again shortly.",
  "problem.denied":
    "The browser may not use the microphone. Click the icon left of the address, allow the microphone, and call again.",
  "problem.missing": "No microphone was found. Plug in a headset or a microphone and call again.",
  "problem.busy-microphone": "Another program is using the microphone. Close it and call again.",
  "problem.insecure": "Browsers give the microphone to secure pages (https) only. Please open this page by its https address.",
  "problem.unsupported": "This browser cannot make web calls. Please use a recent Chrome, Edge, Firefox or Safari.",
  "problem.unreachable": "The service centre cannot be reached just now. Check your network and try again shortly.",
  "problem.busy": "All lines are busy. Please call again in a little while.",
  "problem.too-many": "Too many calls from here. Please try again in a few minutes.",
  "problem.closed": "This entrance for web calls is not open.",
  "problem.sound-lost": "The network broke and no sound gets through; the call has ended. Please call again.",
};

const tables: Record<Language, Record<TextKey, string>> = { "zh-CN": zh, en };

/** The text in that language, with `{name}` filled in. */
export function text(language: Language, key: TextKey, values: Record<string, string | number> = {}): string {
  return tables[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** The nearest language we speak. */
export function nearestLanguage(wanted: string): Language {
  return wanted.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** `2:05`, or `1:02:05` from an hour on. */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
