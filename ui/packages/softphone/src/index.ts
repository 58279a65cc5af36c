/** The browser's SIP phone: registers, answers, hangs up, sends digits. Knows no React and no business. */
export {};
