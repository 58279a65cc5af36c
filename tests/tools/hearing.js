// Put into every page under test before its own scripts: remembers what the page's telephones receive and measures what is played of it.
(() => {
  const Original = window.RTCPeerConnection;
  if (!Original) return;
  const ears = { streams: [], tracks: new Set(), played: null, context: null };
  const play = HTMLMediaElement.prototype.play;
  // Of several calls the one is heard whose stream was played last.
  HTMLMediaElement.prototype.play = function () {
    const stream = this.srcObject;
    if (stream instanceof MediaStream && stream.getAudioTracks().some((it) => ears.tracks.has(it))) ears.played = stream;
    return play.call(this);
  };
  window.RTCPeerConnection = class extends Original {
    constructor(...settings) {
      super(...settings);
      this.addEventListener("track", (event) => {
        ears.tracks.add(event.track);
        ears.played = null;
        ears.streams.push(event.streams[0] ?? new MediaStream([event.track]));
      });
    }
  };
  // What is heard during `seconds`: for each frequency its share of all energy, and the level.
  window.huyingEars = async (frequencies, seconds) => {
    const stream = ears.played ?? ears.streams.at(-1);
    const silent = { level: 0, shares: Object.fromEntries(frequencies.map((it) => [it, 0])) };
    if (!stream) {
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      return silent;
    }
    ears.context ??= new AudioContext();
    await ears.context.resume();
    const source = ears.context.createMediaStreamSource(stream);
    const analyser = ears.context.createAnalyser();
    analyser.fftSize = 4096;
    analyser.smoothingTimeConstant = 0;
    source.connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    const hertz = ears.context.sampleRate / analyser.fftSize;
    const sums = new Float64Array(bins.length);
    const deadline = performance.now() + seconds * 1000;
    while (performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      analyser.getFloatFrequencyData(bins);
      bins.forEach((decibels, index) => {
        if (index * hertz > 60 && Number.isFinite(decibels)) sums[index] += 10 ** (decibels / 10);
      });
    }
    source.disconnect();
    const total = sums.reduce((sum, it) => sum + it, 0);
    if (total < 1e-9) return silent;
    const share = (wanted) => sums.reduce((sum, it, index) => (Math.abs(index * hertz - wanted) <= 40 ? sum + it : sum), 0) / total;
    return { level: total, shares: Object.fromEntries(frequencies.map((it) => [it, share(it)])) };
  };
})();
