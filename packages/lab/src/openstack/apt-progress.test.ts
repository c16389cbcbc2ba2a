import { expect, test } from "vitest";
import { aptProgress } from "./apt-progress.js";

test("before apt has told its plan nobody knows how far it is", () => {
  const progress = aptProgress();
  expect(progress("Reading package lists...")).toBeUndefined();
  expect(progress("Get:1 http://deb.example.org/debian bookworm/main amd64 Packages [8 MB]")).toEqual({
    step: "fetching Packages",
  });
});

test("each package counts when it is fetched, unpacked and set up; what was fetched before the plan does not", () => {
  const progress = aptProgress();
  progress("Get:1 http://deb.example.org/debian bookworm/main amd64 Packages [8 MB]");
  expect(progress("1 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.")).toBeUndefined();
  const lines = [
    "Get:1 http://deb.example.org/debian bookworm/main amd64 python3-nova all 2:26.2.2 [2,000 kB]",
    "Get:2 http://deb.example.org/debian bookworm/main amd64 python3-glance all 2:25.1.0 [900 kB]",
    "(Reading database ... 40%",
    "Unpacking python3-nova (2:26.2.2) ...",
    "Setting up python3-nova (2:26.2.2) ...",
    "Unpacking python3-glance (2:25.1.0) over (2:25.0.0) ...",
    "Setting up python3-glance (2:25.1.0) ...",
  ];
  expect(lines.map(progress)).toEqual([
    { step: "fetching python3-nova", fraction: 1 / 6 },
    { step: "fetching python3-glance", fraction: 2 / 6 },
    undefined,
    { step: "unpacking python3-nova", fraction: 3 / 6 },
    { step: "setting up python3-nova", fraction: 4 / 6 },
    { step: "unpacking python3-glance", fraction: 5 / 6 },
    { step: "setting up python3-glance", fraction: 1 },
  ]);
});

test("never more than all, whatever apt says", () => {
  const progress = aptProgress();
  progress("0 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.");
  const fractions = Array.from({ length: 5 }, () => progress("Setting up python3-nova (2:26.2.2) ...")?.fraction);
  expect(fractions).toEqual([1 / 3, 2 / 3, 1, 1, 1]);
});
