import { expect, test } from "vitest";
import { clock, exactFps, frameAt, frameOfMs, msOfFrame, seekTarget, timecode } from "./frames";

const RATES = [24, 25, 29.97, 30, 50, 59.94, 60].map(exactFps);

test.each(RATES)("a note at any frame of an hour comes back to that frame, at %d fps", (fps) => {
  for (let frame = 0; frame < fps * 3600; frame += 7) expect(frameOfMs(msOfFrame(frame, fps), fps)).toBe(frame);
});

test.each(RATES)("a seek aims inside the frame that is meant, at %d fps", (fps) => {
  for (let frame = 0; frame < 20_000; frame++) {
    expect(seekTarget(frame, fps)).toBeGreaterThan(frame / fps);
    expect(seekTarget(frame, fps)).toBeLessThan((frame + 1) / fps);
  }
});

test("what a file rounds to 29.97 is thirty thousand frames in 1001 seconds", () => {
  expect(exactFps(29.97)).toBeCloseTo(30_000 / 1001, 10);
  expect(exactFps(23.976)).toBeCloseTo(24_000 / 1001, 10);
  expect(exactFps(30)).toBe(30);
  expect(exactFps(25)).toBe(25);
});

test("the frame on screen is the one that has begun", () => {
  expect(frameAt(0, 25)).toBe(0);
  expect(frameAt(0.04, 25)).toBe(1);
});

test("a timecode counts frames within the second", () => {
  expect(timecode(0, 25)).toBe("00:00:00");
  expect(timecode(1524, 25)).toBe("01:00:24");
  expect(clock(67_400)).toBe("1:07");
});
