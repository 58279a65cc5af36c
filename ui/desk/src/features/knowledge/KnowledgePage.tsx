/** Articles as their editors see them: the list, or one to write. */
import { Skeleton } from "antd";
import { lazy, Suspense, type ReactNode } from "react";
import { useNavigate, useParams } from "react-router";
import { ArticlesTable } from "./editor/ArticlesTable";
import "./texts";

const ArticleEditor = lazy(() => import("./editor/ArticleEditor"));

export default function KnowledgePage(): ReactNode {
  const navigate = useNavigate();
  const first = (useParams()["*"] ?? "").split("/")[0] ?? "";
  const open = (id: string): void => void navigate(id ? `/knowledge/${id}` : "/knowledge");
  return (
    <div className="page" data-testid="knowledge-page">
      {first === "" ? (
        <ArticlesTable onOpen={open} />
      ) : (
        <Suspense fallback={<Skeleton active paragraph={{ rows: 10 }} />}>
          <ArticleEditor key={first} id={first === "new" ? null : first} onMade={open} onBack={() => open("")} />
        </Suspense>
      )}
    </div>
  );
}
