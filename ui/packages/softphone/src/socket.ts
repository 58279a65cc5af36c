/**
 * The phone's WebSocket as JsSIP wants it, with one thing more: it can be given up at once. A browser keeps a socket
 * whose network has gone "open" for minutes, and `close()` waits for an answer that never comes.
 */

const NORMAL_CLOSURE = 1000;

export class PhoneSocket {
  readonly url: string;
  readonly sip_uri: string;
  via_transport: string;
  onconnect: () => void = () => undefined;
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => undefined;
  ondata: (data: unknown) => void = () => undefined;
  private socket: WebSocket | null = null;

  constructor(url: string) {
    const parsed = new URL(url);
    this.url = url;
    this.sip_uri = `sip:${parsed.host};transport=ws`;
    this.via_transport = parsed.protocol === "wss:" ? "WSS" : "WS";
  }

  connect(): void {
    if (this.isConnected() || this.isConnecting()) return;
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.url, "sip");
    } catch (error) {
      queueMicrotask(() => this.ondisconnect(true, 0, String(error)));
      return;
    }
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => this.onconnect();
    socket.onmessage = (event: MessageEvent<unknown>) => this.ondata(event.data);
    socket.onclose = (event) => this.ondisconnect(!event.wasClean, event.code, event.reason);
  }

  disconnect(): void {
    this.release();
  }

  /** Give the socket up now and report it as broken, so that a new one is tried. */
  abandon(reason: string): void {
    if (!this.socket) return;
    this.release();
    this.ondisconnect(true, 0, reason);
  }

  send(message: string | ArrayBufferLike | Blob | ArrayBufferView): boolean {
    if (!this.socket || !this.isConnected()) return false;
    this.socket.send(message);
    return true;
  }

  isConnected(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  isConnecting(): boolean {
    return this.socket?.readyState === WebSocket.CONNECTING;
  }

  private release(): void {
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(NORMAL_CLOSURE);
  }
}
