/** Takes the English names away that libraries give to pictures and small parts: a screen reader hears the desk's language alone. */
import type { Plugin } from "vite";

interface Change {
  /** The end of the file's path. */
  readonly file: string;
  readonly from: RegExp;
  readonly to: string;
}

/** A picture beside words is none of its own unless it is given a name. */
const PICTURE: Omit<Change, "file"> = {
  from: /role: "img",\s*"aria-label": icon\.name/,
  to: '...(restProps["aria-label"] ? { role: "img" } : { "aria-hidden": true })',
};

/** No library asks the catalogue for this one. */
const CLEAR = '(document.documentElement.lang === "en" ? "Clear" : "清除")';

const CHANGES: readonly Change[] = [
  { file: "@ant-design/icons/es/components/AntdIcon.js", ...PICTURE },
  { file: "@ant-design/icons/es/components/AntdIconLight.js", ...PICTURE },
  { file: "@rc-component/segmented/es/index.js", from: /"aria-label": "segmented control",/, to: "" },
  // The field beside them goes up and down by the arrow keys.
  { file: "@rc-component/input-number/es/StepHandler.js", from: /"aria-label": isUpAction \? 'Increase Value' : 'Decrease Value'/, to: '"aria-hidden": true' },
  { file: "@rc-component/input/es/BaseInput.js", from: /type: "button",\s*onClick: event => \{\s*handleReset/, to: `type: "button", tabIndex: -1, "aria-label": ${CLEAR}, onClick: event => { handleReset` },
  { file: "@rc-component/select/es/hooks/useAllowClear.js", from: /'Clear'/, to: CLEAR },
  { file: "antd/es/color-picker/components/ColorClear.js", from: /"Clear color"/, to: CLEAR },
  // The place in the list has the name, and is what one walks to.
  { file: "antd/es/pagination/Pagination.js", from: /type: "button",\s*tabIndex: -1/g, to: 'type: "button", tabIndex: -1, "aria-hidden": true' },
];

export function ownWords(): Plugin {
  return {
    name: "own-words",
    transform(code, id) {
      const path = id.replaceAll("\\", "/");
      const change = CHANGES.find((it) => path.includes(it.file));
      if (!change) return null;
      if (code.search(change.from) < 0) this.error(`${change.file} has changed: see vite.words.ts`);
      return { code: code.replace(change.from, change.to), map: null };
    },
  };
}
