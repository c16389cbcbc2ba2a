import { describe, expect, it } from "vitest";
import { contentName, deploymentName } from "./names.js";

describe("names", () => {
  it("of content are those of the same content only; frozen", () => {
    expect(contentName("burst", { cores: 4 })).toBe("burst-38a4442c");
    expect(contentName("burst", { a: [{ b: 1, c: 2 }], d: undefined })).toBe(
      contentName("burst", { a: [{ c: 2, b: 1 }] }),
    );
    expect(contentName("burst", { a: [1, 2] })).not.toBe(contentName("burst", { a: [2, 1] }));
    expect(contentName("burst", { cores: 5 })).not.toBe(contentName("burst", { cores: 4 }));
  });

  it("of machines are readable, differ by zone and leave room for what Cluster API appends; frozen", () => {
    expect(deploymentName("burst", "ru-3a")).toBe("burst-ru-3a");
    expect(deploymentName("burst", "AZ 1")).toBe("burst-az-1-c3575432");
    expect(deploymentName("burst", "az-1")).not.toBe(deploymentName("burst", "AZ 1"));
    const long = deploymentName("g".repeat(42), "zone-with-a-long-name");
    expect(long).toHaveLength(50);
    expect(long).not.toBe(deploymentName("g".repeat(42), "zone-with-another-name"));
  });
});
