const calmIntervalMs = 500;

/**
 * Calls `draw` with the page's monotonic time as long as something moves, once a frame, or twice a second for
 * somebody who asked for less motion. Returns what ends it.
 */
export function drawWhileMoving(draw: (now: number) => void): () => void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    const timer = setInterval(() => {
      draw(performance.now());
    }, calmIntervalMs);
    return () => {
      clearInterval(timer);
    };
  }
  const onFrame = () => {
    draw(performance.now());
    frame = requestAnimationFrame(onFrame);
  };
  let frame = requestAnimationFrame(onFrame);
  return () => {
    cancelAnimationFrame(frame);
  };
}
