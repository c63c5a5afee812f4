/** Two films side by side, kept on the same moment: the right one follows the left. Times in seconds. */

export type Correction = { seekTo: number } | { rate: number };

/** Nearer than this nobody sees a difference: a frame and a half of 30. */
const CLOSE_S = 0.05;
/** Farther than this, walking takes too long: jump. */
const FAR_S = 0.5;

/** What the follower should do now to be where the leader is. `rate`: the leader's speed. */
export function correction(leaderS: number, followerS: number, isPlaying: boolean, rate: number): Correction {
  const behindS = leaderS - followerS;
  if (!isPlaying || Math.abs(behindS) > FAR_S) return Math.abs(behindS) < 0.001 ? { rate } : { seekTo: leaderS };
  if (Math.abs(behindS) < CLOSE_S) return { rate };
  return { rate: rate * (behindS > 0 ? 1.1 : 0.9) };
}
