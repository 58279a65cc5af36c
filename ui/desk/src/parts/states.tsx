/** What a screen shows while it loads, when it failed, and when there is nothing: the next step in each case. */
import { ApiError } from "@huying/api";
import type { UseQueryResult } from "@tanstack/react-query";
import { Alert, Button, Empty, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTexts } from "@/i18n";

export function useErrorText(): (error: unknown) => string {
  const { t, code } = useTexts();
  return (error) => {
    if (!(error instanceof ApiError)) return t("errors.unexpected");
    const { why } = error.details;
    const exactly = typeof why === "string" ? `${error.code}-${why}` : error.code;
    const exact = code("errors", exactly);
    if (exact !== exactly) return exact;
    const known = code("errors", error.code);
    return known === error.code ? error.message || error.code : known;
  };
}

export function Failure(props: { readonly error: unknown; readonly onRetry?: (() => void) | undefined }): ReactNode {
  const { t } = useTexts();
  const errorText = useErrorText();
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={errorText(props.error)}
      action={
        props.onRetry && (
          <Button size="small" onClick={props.onRetry}>
            {t("common.retry")}
          </Button>
        )
      }
    />
  );
}

export function Nothing(props: { readonly title: string; readonly hint?: string; readonly children?: ReactNode }): ReactNode {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <div className="nothing">
          <div>{props.title}</div>
          {props.hint && <div className="quiet">{props.hint}</div>}
        </div>
      }
    >
      {props.children}
    </Empty>
  );
}

/** Loading, failure, or the data. */
export function Loaded<T>(props: {
  readonly query: Pick<UseQueryResult<T>, "data" | "error" | "refetch">;
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}): ReactNode {
  const { data, error, refetch } = props.query;
  if (data !== undefined) return props.children(data);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  return <Skeleton active title={false} paragraph={{ rows: props.rows ?? 4 }} />;
}
