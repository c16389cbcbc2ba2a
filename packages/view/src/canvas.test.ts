import { describe, expect, it } from "vitest";
import { Canvas } from "./canvas.js";

describe("Canvas", () => {
  it("joins lines where they meet, in whatever order they are drawn", () => {
    const canvas = new Canvas(false);
    canvas.across(2, 1, 4);
    canvas.box({ x: 0, y: 0, width: 3, height: 3 });
    canvas.box({ x: 5, y: 0, width: 3, height: 3 }, "dashed");
    canvas.down(6, 2, 2);
    expect(canvas.toString()).toBe("┌─┐  ┌╌┐\n│ ├──┤ ╎\n└─┘  └┬┘\n      ╵\n");
  });

  it("draws the same with ASCII", () => {
    const canvas = new Canvas(true);
    canvas.box({ x: 0, y: 0, width: 4, height: 3 }, "dashed");
    canvas.across(3, 1, 4);
    canvas.head(6, 1, "right");
    expect(canvas.toString()).toBe("+..+\n:  +-->\n+..+\n");
  });

  it("keeps what follows in its column behind wide and behind combining characters", () => {
    const canvas = new Canvas(false);
    canvas.box({ x: 0, y: 0, width: 6, height: 5 });
    canvas.text(1, 1, "网络");
    canvas.text(1, 2, "e\u0301a");
    canvas.text(4, 3, "\u0301");
    expect(canvas.toString()).toBe("┌────┐\n│网络│\n│e\u0301a  │\n│    │\n└────┘\n");
  });
});
