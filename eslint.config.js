import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/*.d.ts"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "consistent-return": "error",
      "curly": ["error", "multi-line"],
      "default-param-last": "error",
      "eqeqeq": "error",
      "no-alert": "error",
      "no-console": ["error", { allow: ["error", "warn"] }],
      "no-eval": "error",
      "no-implicit-coercion": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text never becomes code: make elements with dom.js." },
        { property: "outerHTML", message: "Text never becomes code: make elements with dom.js." },
        { object: "document", property: "write", message: "Text never becomes code: make elements with dom.js." },
      ],
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-throw-literal": "error",
      "no-unused-expressions": "error",
      "no-useless-concat": "error",
      "no-useless-rename": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "prefer-template": "error",
    },
  },
  { files: ["frontend/*.js"], languageOptions: { globals: { ...globals.browser, L: "readonly" } } },
  { files: ["frontend/standalone.js"], languageOptions: { globals: { describedMap: "readonly" } } },
  { files: ["tests/js/*.js"], languageOptions: { globals: globals.node } },
];
