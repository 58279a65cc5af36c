/** A small picture of what a strategy does: four agents, what is measured of each, and whom it rings. */
import type { ReactNode } from "react";

interface Picture {
  /** What is measured of each of the four, 0 to 1. */
  readonly bars: readonly number[];
  readonly words: readonly string[];
  readonly rings: readonly number[];
}

const PICTURES: Readonly<Record<string, Picture>> = {
  longest_idle: { bars: [0.3, 0.95, 0.5, 0.15], words: ["2′", "8′", "4′", "1′"], rings: [1] },
  ring_all: { bars: [0.5, 0.5, 0.5, 0.5], words: ["", "", "", ""], rings: [0, 1, 2, 3] },
  round_robin: { bars: [0.5, 0.5, 0.5, 0.5], words: ["✓", "✓", "→", ""], rings: [2] },
  fewest_contacts: { bars: [0.7, 0.9, 0.55, 0.2], words: ["14", "18", "11", "4"], rings: [3] },
  least_talk: { bars: [0.3, 0.9, 0.6, 0.75], words: ["31′", "96′", "64′", "80′"], rings: [0] },
  highest_level: { bars: [0.4, 0.7, 0.9, 0.6], words: ["4", "7", "9", "6"], rings: [2] },
  weighted_random: { bars: [0.2, 0.5, 0.9, 0.4], words: ["⚀", "⚂", "⚅", "⚁"], rings: [1] },
};

export function StrategyPicture(props: { readonly strategy: string }): ReactNode {
  const picture = PICTURES[props.strategy];
  if (!picture) return null;
  return (
    <svg viewBox="0 0 84 58" width="84" height="58" aria-hidden style={{ display: "block" }}>
      {picture.bars.map((bar, index) => {
        const rung = picture.rings.includes(index);
        const colour = rung ? "var(--accent)" : "var(--idle)";
        const left = 4 + index * 20;
        return (
          <g key={index} opacity={rung ? 1 : 0.55}>
            <rect x={left + 2} y={30 - bar * 20} width={12} height={bar * 20} rx={2} fill={colour} opacity={0.35} />
            <text x={left + 8} y={27} textAnchor="middle" fontSize="8.5" fontWeight={rung ? 700 : 500} fill="var(--text)">
              {picture.words[index]}
            </text>
            <circle cx={left + 8} cy={39} r={5} fill={colour} />
            <path d={`M${left} 55 a8 8 0 0 1 16 0 z`} fill={colour} />
            {rung && <path d={`M${left - 1} 34 q-3 5 0 10 M${left + 17} 34 q3 5 0 10`} fill="none" stroke="var(--accent)" strokeWidth={1.6} strokeLinecap="round" />}
          </g>
        );
      })}
    </svg>
  );
}
