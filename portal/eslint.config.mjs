import { defineConfig, globalIgnores } from "eslint/config";
import nextVitals from "eslint-config-next/core-web-vitals";
import nextTs from "eslint-config-next/typescript";

const OUR_DOOR = "The portal speaks to /api/portal through lib/api, and to nothing else.";

export default defineConfig([
  ...nextVitals,
  ...nextTs,
  {
    rules: {
      "no-restricted-globals": ["error", ...["fetch", "XMLHttpRequest", "WebSocket", "EventSource"].map((name) => ({ name, message: OUR_DOOR }))],
      "no-restricted-syntax": [
        "error",
        { selector: "Literal[value=/^\\u002Fapi\\u002F(?!portal\\u002F)/]", message: OUR_DOOR },
        { selector: "Literal[value=/^https?:/]", message: "No request leaves for another host." },
        { selector: "TemplateElement[value.raw=/^\\u002Fapi\\u002F(?!portal\\u002F)/]", message: OUR_DOOR },
        { selector: "JSXAttribute[name.name='style']", message: "The CSP refuses style attributes that a server wrote; use a class or an SVG attribute." },
      ],
      // Films and their pictures come by signed address from the api: next/image would fetch and keep them.
      "@next/next/no-img-element": "off",
    },
  },
  // Set-up, which knows addresses of this machine.
  { files: ["*.config.*", "proxy.ts", "lib/places.ts", "**/*.test.ts"], rules: { "no-restricted-syntax": "off" } },
  globalIgnores([".next/**", "next-env.d.ts", "lib/api/schema.d.ts"]),
]);
