/** The parts of the desk, who sees them, and their pages (loaded when first opened). */
import {
  AppstoreOutlined,
  BarChartOutlined,
  BookOutlined,
  ContactsOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  HistoryOutlined,
  MessageOutlined,
  PhoneOutlined,
  SettingOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
import type { Session } from "@huying/api";
import { lazy, type ComponentType, type ReactNode } from "react";
import { useColleagueRows } from "@/parts/colleagues/useColleagueRows";

const useUnread = (): number => useColleagueRows().unread;

export interface Section {
  readonly path: string;
  /** Key of the catalogue. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys: string;
  readonly visible: (session: Session) => boolean;
  readonly page: ComponentType;
  /** What waits there, beside its name. */
  readonly useCount?: () => number;
}

const may =
  (...permissions: string[]) =>
  (session: Session): boolean =>
    permissions.some((it) => session.person.permissions.includes(it));

export const SECTIONS: readonly Section[] = [
  {
    path: "/desk",
    label: "nav.desk",
    icon: <CustomerServiceOutlined />,
    keys: "g d",
    visible: (session) => session.agent !== null,
    page: lazy(() => import("@/features/desk/DeskPage")),
  },
  {
    path: "/live",
    label: "nav.live",
    icon: <DashboardOutlined />,
    keys: "g l",
    visible: may("live.view"),
    page: lazy(() => import("@/features/live/LivePage")),
  },
  {
    path: "/later",
    label: "nav.later",
    icon: <PhoneOutlined />,
    keys: "g m",
    visible: may("live.view", "desk.use"),
    page: lazy(() => import("@/features/later/LaterPage")),
  },
  {
    path: "/calls",
    label: "nav.calls",
    icon: <UnorderedListOutlined />,
    keys: "g o",
    visible: (session) => session.agent !== null && may("contacts.view_own")(session),
    page: lazy(() => import("@/features/calls/CallsPage")),
  },
  {
    path: "/book",
    label: "nav.book",
    icon: <ContactsOutlined />,
    keys: "g b",
    visible: may("desk.use"),
    page: lazy(() => import("@/features/book/BookPage")),
  },
  {
    path: "/colleagues",
    label: "nav.colleagues",
    icon: <MessageOutlined />,
    keys: "g t",
    visible: may("colleagues.talk"),
    page: lazy(() => import("@/features/colleagues/ColleaguesPage")),
    useCount: useUnread,
  },
  {
    path: "/history",
    label: "nav.history",
    icon: <HistoryOutlined />,
    keys: "g h",
    visible: may("contacts.view"),
    page: lazy(() => import("@/features/history/HistoryPage")),
  },
  {
    path: "/customers",
    label: "nav.customers",
    icon: <AppstoreOutlined />,
    keys: "g c",
    visible: may("customers.view"),
    page: lazy(() => import("@/features/customers/CustomersPage")),
  },
  {
    path: "/knowledge",
    label: "nav.knowledge",
    icon: <BookOutlined />,
    keys: "g k",
    visible: may("knowledge.edit"),
    page: lazy(() => import("@/features/knowledge/KnowledgePage")),
  },
  {
    path: "/reports",
    label: "nav.reports",
    icon: <BarChartOutlined />,
    keys: "g r",
    visible: may("reports.view"),
    page: lazy(() => import("@/features/reports/ReportsPage")),
  },
  {
    path: "/admin",
    label: "nav.admin",
    icon: <SettingOutlined />,
    keys: "g a",
    visible: may("people.view", "queues.manage"),
    page: lazy(() => import("@/features/admin/AdminPage")),
  },
];
