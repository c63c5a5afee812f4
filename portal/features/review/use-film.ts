"use client";

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { FilmClock } from "./film-clock";
import { frameAt, seekTarget } from "./frames";
import { faster } from "./keys";

/** Frames, the end included. */
export type Span = { start: number; end: number };

/**
 * A native video, told in frames: the frame that is known here is the one on screen (requestVideoFrameCallback).
 *
 * Hand `attach` to the video as its ref and spread `events` on it. Seeks pause, as a note is always about a frame
 * that stands still.
 */
export function useFilm(fps: number, frames: number, loopWithin: Span | null) {
  const [video, attach] = useState<HTMLVideoElement | null>(null);
  const [clock] = useState(() => new FilmClock());
  const [isPlaying, setPlaying] = useState(false);
  const [isMuted, setMuted] = useState(false);
  const [isLooping, setLooping] = useState(false);
  const [speed, setSpeed] = useState(1);
  const [reverseSpeed, setReverseSpeed] = useState(0);
  const [hasFailed, setFailed] = useState(false);
  const resumes = useRef(false);
  const sought = useRef<number | null>(null);

  const pause = useCallback(() => {
    setReverseSpeed(0);
    video?.pause();
  }, [video]);

  const seek = useCallback(
    (frame: number) => {
      if (!video) return;
      const target = Math.min(Math.max(frame, 0), frames - 1);
      pause();
      video.currentTime = seekTarget(target, fps);
      sought.current = target;
      clock.show(target);
    },
    [video, clock, fps, frames, pause],
  );

  const play = useCallback(
    (rate: number) => {
      if (!video) return;
      setReverseSpeed(0);
      setSpeed(rate);
      video.playbackRate = rate;
      video.play().catch(() => setPlaying(false)); // a browser that wants a tap first
    },
    [video],
  );

  const isOver = () => clock.frame() >= frames - 1;
  const toggle = () => {
    if (!video) return;
    if (isPlaying || reverseSpeed) pause();
    else {
      if (isOver()) video.currentTime = 0;
      play(speed);
    }
  };
  const reverse = () => {
    video?.pause();
    setReverseSpeed((now) => (now ? faster(now) : 1));
  };
  const setRate = (rate: number) => {
    setSpeed(rate);
    if (video) video.playbackRate = rate;
  };
  /** Stop for who begins to write, and remember whether to go on. */
  const hold = () => {
    resumes.current ||= isPlaying;
    pause();
  };
  /** Go on where `hold` stopped. */
  const release = () => {
    if (resumes.current) play(speed);
    resumes.current = false;
  };

  useEffect(() => {
    if (!video) return;
    const shown = (seconds: number) => {
      const frame = frameAt(seconds, fps);
      // The frame of a seek before, told late: the next step would start from it.
      if (sought.current !== null && sought.current !== frame && video.seeking) return;
      sought.current = null;
      clock.show(Math.min(frame, frames - 1));
      if (isLooping && loopWithin && !video.paused && (frame >= loopWithin.end || frame < loopWithin.start))
        video.currentTime = seekTarget(loopWithin.start, fps);
    };
    if (!("requestVideoFrameCallback" in video)) {
      const element: HTMLVideoElement = video;
      const onTime = () => shown(element.currentTime - 0.5 / fps);
      element.addEventListener("timeupdate", onTime);
      return () => element.removeEventListener("timeupdate", onTime);
    }
    let handle = 0;
    const onFrame: VideoFrameRequestCallback = (_now, { mediaTime }) => {
      shown(mediaTime);
      handle = video.requestVideoFrameCallback(onFrame);
    };
    handle = video.requestVideoFrameCallback(onFrame);
    return () => video.cancelVideoFrameCallback(handle);
  }, [video, clock, fps, frames, isLooping, loopWithin]);

  useEffect(() => {
    if (!video || !reverseSpeed) return;
    let last = performance.now();
    let handle = requestAnimationFrame(function back(now) {
      if (!video.seeking) {
        video.currentTime = Math.max(0, video.currentTime - ((now - last) / 1000) * reverseSpeed);
        last = now;
      }
      if (video.currentTime <= 0) setReverseSpeed(0);
      else handle = requestAnimationFrame(back);
    });
    return () => cancelAnimationFrame(handle);
  }, [video, reverseSpeed]);

  const events = useMemo(
    () => ({
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(false),
      onEnded: () => setPlaying(false),
      onError: () => setFailed(true),
      onLoadedData: () => setFailed(false),
      onVolumeChange: (event: React.SyntheticEvent<HTMLVideoElement>) => setMuted(event.currentTarget.muted),
    }),
    [],
  );

  return {
    attach,
    video,
    events,
    clock,
    fps,
    frames,
    isPlaying: isPlaying || reverseSpeed > 0,
    isMuted,
    isLooping,
    isLoopingWhole: isLooping && !loopWithin,
    speed,
    hasFailed,
    seek,
    pause,
    toggle,
    reverse,
    hold,
    release,
    setRate,
    setLooping,
    forward: () => play(isPlaying ? faster(speed) : speed),
    mute: () => {
      if (video) video.muted = !video.muted;
    },
  };
}

export type FilmPlayer = ReturnType<typeof useFilm>;

/** The frame on screen; draws whoever asks anew at each. */
export const useFrame = (clock: FilmClock): number => useSyncExternalStore(clock.subscribe, clock.frame, () => 0);
