// Style and borders of the people's side: features may not import each other, and only app/ may import features.
import { readdirSync } from "node:fs";
import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

const featuresFolder = new URL("./desk/src/features/", import.meta.url);
const features = readdirSync(featuresFolder, { withFileTypes: true }).filter((it) => it.isDirectory()).map((it) => it.name);

// One calendar for all: it knows the desk's languages and that weeks start on Monday.
const paths = [{ name: "antd", importNames: ["DatePicker", "TimePicker"], message: "Take the calendar of parts/dates." }];
const noFeature = (message, group) => ({ "no-restricted-imports": ["error", { paths, patterns: [{ group, message }] }] });

const borders = features.map((name) => ({
  files: [`desk/src/features/${name}/**/*.{ts,tsx}`],
  rules: noFeature(
    "A feature may not import another feature or app/: move what both need to parts/, live/ or phone/.",
    [...features.filter((other) => other !== name).flatMap((other) => [`@/features/${other}`, `@/features/${other}/**`, `../${other}/**`, `../../${other}/**`]), "@/app/**"],
  ),
}));

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "packages/api/src/schema.d.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { projectService: { allowDefaultProject: ["*.js"] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "max-lines": ["error", { max: 250 }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      eqeqeq: "error",
    },
  },
  { files: ["desk/**/*.{ts,tsx}"], ...reactHooks.configs.flat["recommended-latest"] },
  {
    files: ["desk/src/{parts,live,phone,i18n,server}/**/*.{ts,tsx}"],
    rules: noFeature("Only app/ may import features.", ["@/features/**", "@/app/**", "../features/**", "../app/**"]),
  },
  ...borders,
  { files: ["desk/src/parts/dates/picker.ts"], rules: { "no-restricted-imports": "off" } },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.{js,mjs}", "**/vite.config.ts", "vitest.config.ts"], languageOptions: { globals: { ...globals.node } } },
);
