import { expect, test } from "vitest";
import { readCloudError } from "./cloud-error.js";

test.each([
  [
    'got 403 instead: {"forbidden": {"code": 403, "message": "Quota exceeded for cores: Requested 1"}}',
    "QuotaExceeded",
    "Quota exceeded for cores: Requested 1",
  ],
  ["No valid host was found. There are not enough hosts available.", "NoValidHost", undefined],
  [
    '{"NeutronError": {"type": "IpAddressGenerationFailure", "message": "No more IP addresses available on network n."}}',
    "NoFreeAddress",
    "No more IP addresses available on network n.",
  ],
  [
    '{"NeutronError": {"type": "OverQuota", "message": "Quota exceeded for resources: [\'port\']."}}',
    "QuotaExceeded",
    "Quota exceeded for resources: ['port'].",
  ],
  ["Invalid key_name provided.", "KeyPairNotFound", undefined],
  ["Authentication failed", "Unauthorized", undefined],
  ["dial tcp 127.0.0.1:5000: connect: connection refused", "Unreachable", undefined],
  ["found 2 images", "ImageNotUnique", undefined],
  ["something that nobody knows", undefined, undefined],
])("%s", (text, reason, message = text) => {
  expect(readCloudError(text)).toMatchObject({ reason, message, fix: expect.stringMatching(/./) });
});
