/**
 * The phone: feeds SIP, microphone and the owner's commands into the machine and carries out its effects.
 * Nothing here hangs up when the page goes away: a refresh must not end a conversation.
 */

import { PhoneError, type Call, type PhoneEvent } from './events'
import { currentCall, initialState, step, type Effect, type Input, type PhoneState } from './machine'
import { meter, noStats, readStats, type SoundStats } from './measure'
import { LineIn } from './linein'
import { SipClient } from './sip'
import { Speaker } from './sound'

export interface SoftphoneOptions {
  /** Full address of the WebSocket, `ws://` or `wss://`. */
  readonly wsUrl: string
  readonly account: string
  readonly secret: string
  readonly domain: string
  readonly iceServers?: readonly RTCIceServer[]
  readonly iceTransportPolicy?: RTCIceTransportPolicy
  /** False for one who only calls out, such as a customer on a web page. Default true. */
  readonly register?: boolean
  /** `required`: no call without it. `optional`: the call goes on, heard but silent, and says so. Default `required`. */
  readonly microphone?: 'required' | 'optional'
  /** The browser's echo cancelling, noise suppression and gain control. Default true. */
  readonly processing?: boolean
  readonly audioSink?: HTMLAudioElement
  readonly onEvent: (event: PhoneEvent) => void
}

export interface Levels {
  /** 0 to 1, as a share of a meter. */
  readonly microphone: number
  readonly speaker: number
}

const AUTO_ANSWER = 'x-huying-auto-answer'
const PROBE_EVERY_MILLISECONDS = 8_000
const PROBE_ANSWER_MILLISECONDS = 3_000

export class Softphone {
  private state: PhoneState = initialState
  private readonly sip: SipClient
  private readonly line: LineIn
  private readonly speaker: Speaker
  private readonly peers = new Map<string, RTCPeerConnection>()
  private registerTimer: ReturnType<typeof setTimeout> | undefined
  private probeTimer: ReturnType<typeof setInterval> | undefined
  private probing = false
  private outgoing = 0

  constructor(private readonly options: SoftphoneOptions) {
    this.speaker = new Speaker(options.audioSink, (state) => options.onEvent({ type: 'sound', state }))
    this.line = new LineIn(options.microphone ?? 'required', options.processing ?? true, options.onEvent)
    this.sip = this.makeClient()
  }

  /** Connect and, unless told otherwise, register; both are kept up until `stop`. */
  start(): void {
    this.feed({ type: 'start' })
    this.probeTimer ??= setInterval(() => void this.checkLink(), PROBE_EVERY_MILLISECONDS)
    addEventListener('online', this.networkIsBack)
  }

  /** End what runs, unregister, disconnect. */
  stop(): void {
    clearInterval(this.probeTimer)
    clearTimeout(this.registerTimer)
    this.probeTimer = undefined
    removeEventListener('online', this.networkIsBack)
    this.feed({ type: 'stop' })
  }

  /** Call a user part of our domain. Gives the call's id. Throws PhoneError. */
  call(target: string): string {
    if (this.state.calls.length > 0) throw new PhoneError('busy', 'Hang up first.')
    const id = `out-${String(++this.outgoing)}`
    this.feed({ type: 'call', id, target })
    return id
  }

  /** Take the call that rings. Throws PhoneError. */
  answer(): void {
    if (currentCall(this.state)?.phase !== 'ringing') throw new PhoneError('no-call', 'Nothing rings.')
    this.feed({ type: 'answer' })
  }

  /** End the call, whatever its phase; refuses one that rings. Without a call nothing happens. */
  hangUp(): void {
    this.feed({ type: 'hang-up' })
  }

  /** Forget all calls without telling the other side, when it is known to have ended them. */
  forget(): void {
    for (const call of this.state.calls) {
      this.sip.drop(call.id)
      this.feed({ type: 'over', id: call.id, by: 'them', status: 0, cause: 'known-ended' })
    }
  }

  /** Send keypad tones (0-9 * # A-D) in the sound path, RFC 4733. Throws PhoneError. */
  sendDigits(digits: string): void {
    if (!/^[0-9*#A-D]+$/i.test(digits)) throw new PhoneError('bad-digits', `"${digits}" are not keys of a telephone.`)
    const call = currentCall(this.state)
    if (call?.phase !== 'talking') throw new PhoneError('no-call', 'Digits need a call that stands.')
    this.sip.sendDigits(call.id, digits)
  }

  setMuted(muted: boolean): void {
    this.feed({ type: 'mute', muted })
  }

  get muted(): boolean {
    return this.state.muted
  }

  get currentCall(): Call | null {
    return currentCall(this.state)
  }

  get registered(): boolean {
    return this.state.registration === 'registered'
  }

  /** The sound that is being received, for measuring or recording. */
  get remoteStream(): MediaStream | null {
    return this.speaker.stream
  }

  /** Open the microphone once so that the browser asks now and not when a call comes. False (and an event) when it cannot be had. */
  async prepareMicrophone(): Promise<boolean> {
    return this.line.prepare()
  }

  /** Use these devices from now on, also in a running call. */
  async setDevices(devices: { microphoneId?: string; speakerId?: string }): Promise<void> {
    if (devices.speakerId !== undefined) await this.speaker.useDevice(devices.speakerId)
    if (devices.microphoneId !== undefined) await this.line.useDevice(devices.microphoneId, [...this.peers.values()])
  }

  /** Figures of the current call's sound; zeros without one. */
  async stats(): Promise<SoundStats> {
    const peer = this.currentPeer()
    if (!peer) return noStats
    const report = await peer.getStats()
    return readStats([...report.values()] as Record<string, unknown>[])
  }

  /** How loud both sides are now. */
  async levels(): Promise<Levels> {
    const stats = await this.stats()
    return { speaker: meter(stats.speakerLevel), microphone: this.state.muted ? 0 : meter(stats.microphoneLevel) }
  }

  /** Find out at once whether the link still works, and replace it if not. Worth calling when another connection broke. */
  async checkLink(): Promise<void> {
    if (this.probing || this.state.link !== 'up') return
    this.probing = true
    const alive = await this.sip.linkAnswers(PROBE_ANSWER_MILLISECONDS)
    this.probing = false
    if (!alive) this.sip.abandonLink('no answer')
  }

  private readonly networkIsBack = () => void this.checkLink()

  private makeClient(): SipClient {
    const { wsUrl, account, secret, domain, register = true, iceServers = [], iceTransportPolicy = 'all' } = this.options
    return new SipClient(
      { wsUrl, account, secret, domain, register, iceServers, iceTransportPolicy },
      {
        connecting: (attempt) => this.feed({ type: 'link-connecting', attempt }),
        connected: () => this.feed({ type: 'link-up' }),
        disconnected: () => this.feed({ type: 'link-down' }),
        registered: () => this.feed({ type: 'registered' }),
        unregistered: () => this.feed({ type: 'unregistered' }),
        registrationFailed: (status, cause) => this.feed({ type: 'registration-failed', status, cause }),
        invited: (id, number, name, headers) =>
          this.feed({ type: 'invited', id, number, name, headers, automatic: AUTO_ANSWER in headers }),
        progressed: (id) => this.feed({ type: 'progressed', id }),
        established: (id) => this.feed({ type: 'established', id }),
        over: (id, by, status, cause) => this.feed({ type: 'over', id, by, status, cause }),
        peer: (id, peer) => this.watchPeer(id, peer),
      },
    )
  }

  private feed(input: Input): void {
    const { state, effects } = step(this.state, input, Date.now())
    this.state = state
    for (const effect of effects) this.carryOut(effect)
    for (const id of this.peers.keys()) if (!state.calls.some((call) => call.id === id)) this.peers.delete(id)
  }

  private carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'publish':
        return this.options.onEvent(effect.event)
      case 'connect':
        return this.sip.connect()
      case 'disconnect':
        return this.sip.disconnect()
      case 'register-later':
        clearTimeout(this.registerTimer)
        this.registerTimer = setTimeout(() => this.sip.register(), effect.seconds * 1000)
        return
      case 'invite':
        return void this.withMicrophone(effect.id, (stream) => this.sip.invite(effect.id, effect.target, stream))
      case 'answer':
        return void this.withMicrophone(effect.id, (stream) => this.sip.answer(effect.id, stream))
      case 'refuse':
        return this.sip.refuse(effect.id, effect.status)
      case 'end':
        return this.sip.end(effect.id)
      case 'drop':
        return this.sip.drop(effect.id)
      case 'apply-mute':
        return this.line.setMuted(effect.muted)
      case 'release-microphone':
        this.speaker.silence()
        return this.line.release()
    }
  }

  private async withMicrophone(id: string, go: (stream: MediaStream) => void): Promise<void> {
    const stream = await this.line.open()
    const wanted = this.state.calls.some((call) => call.id === id)
    if (stream && wanted) return go(stream)
    if (this.state.calls.length === 0) this.line.release()
    if (!wanted) return
    this.sip.end(id)
    this.feed({ type: 'over', id, by: 'fault', status: 0, cause: 'microphone' })
  }

  private watchPeer(id: string, peer: RTCPeerConnection): void {
    this.peers.set(id, peer)
    peer.addEventListener('track', (event) => {
      this.speaker.play(event.streams[0] ?? new MediaStream([event.track]))
    })
    peer.addEventListener('connectionstatechange', () => {
      const state = MEDIA_STATES[peer.connectionState]
      if (state && this.peers.get(id) === peer) this.options.onEvent({ type: 'media', callId: id, state })
    })
  }

  private currentPeer(): RTCPeerConnection | undefined {
    const call = currentCall(this.state)
    return call ? this.peers.get(call.id) : undefined
  }
}

const MEDIA_STATES: Partial<Record<RTCPeerConnectionState, 'connected' | 'interrupted' | 'failed'>> = {
  connected: 'connected',
  disconnected: 'interrupted',
  failed: 'failed',
}

/** Make a phone; nothing happens before `start`. */
export function createSoftphone(options: SoftphoneOptions): Softphone {
  return new Softphone(options)
}
