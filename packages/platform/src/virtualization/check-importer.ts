import type { Check } from "@plinth/core";
import { PLATFORM_SETUP } from "../setup-rules.js";

/** Refuses an address to upload to that is no URL. @param url `undefined` where none was given */
export function checkUploadProxy(property: string, url: string | undefined, check: Check): void {
  if (url === undefined || (/^https?:\/\/[^\s/]/.test(url) && URL.canParse(url))) return;
  check.refuse(PLATFORM_SETUP.uploadProxy, {
    property,
    value: url,
    message: `${JSON.stringify(url)} is no URL`,
    fix: "write it like https://cdi-uploadproxy.cloud.example.com, or leave it out",
  });
}
