/** Opens a stream of server-sent events and yields the messages as they come; leaving the loop closes it. */
export async function* readStream(url: string, headers: Record<string, string> = {}): AsyncGenerator {
  const response = await fetch(url, { headers });
  let pending = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const frames = (pending + chunk).split('\n\n');
    pending = frames.pop() ?? '';
    yield* frames.map((frame) => JSON.parse(frame.replace(/^data: /, '')) as unknown);
  }
}
