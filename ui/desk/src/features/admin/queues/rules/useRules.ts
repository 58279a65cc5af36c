/** What the server says of the rules while they are written: problems, steps, and who could take such a contact now. */
import type { RuleCheck, RulePreviewStep } from "@huying/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTexts } from "@/i18n";
import { useDebounced } from "@/parts/useDebounced";
import { checkRules, previewRules } from "@/server/routing";

export interface Rules {
  readonly check: RuleCheck | undefined;
  /** Whether `check` is of an older text. */
  readonly late: boolean;
  readonly error: unknown;
  readonly preview: readonly RulePreviewStep[] | undefined;
  /** Whether the presences of `preview` are those of this moment. */
  readonly live: boolean;
}

const usable = (check: RuleCheck | undefined): boolean => check !== undefined && check.problems.every((it) => it.severity === "warning");

export function useRuleAnswers(queueId: string | null, text: string, groups: readonly string[], attributes: Readonly<Record<string, string>>): Rules {
  const { language } = useTexts();
  const settled = useDebounced(text, 350);
  const question = { queue_id: queueId, text: settled, groups, attributes: useDebounced(attributes, 350), language };
  const check = useQuery({ queryKey: ["rules-check", question], queryFn: () => checkRules(question), placeholderData: keepPreviousData });
  const preview = useQuery({
    queryKey: ["rules-preview", question],
    queryFn: () => previewRules(question),
    enabled: usable(check.data) && !check.isPlaceholderData,
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
    retry: false,
  });
  return {
    check: check.data,
    late: settled !== text || check.isPlaceholderData,
    error: check.error ?? preview.error,
    preview: usable(check.data) ? preview.data?.steps : undefined,
    live: preview.data?.live ?? true,
  };
}
