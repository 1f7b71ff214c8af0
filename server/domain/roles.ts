export const ROLES = ['drafter', 'reviewer', 'scheduler', 'evaluator', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Who may do what; reading is open to every member unless a permission says otherwise. */
const PERMISSIONS = {
  'campaigns.edit': ['drafter'],
  'library.edit': ['drafter'],
  'messages.edit': ['drafter'],
  'messages.review': ['reviewer'],
  'posts.schedule': ['scheduler'],
  'deliveries.resolve': ['scheduler'],
  'campaigns.withdraw': ['scheduler', 'administrator'],
  'everything.pause': ['scheduler', 'reviewer', 'administrator'],
  'everything.resume': ['scheduler', 'administrator'],
  'replies.read': ['evaluator', 'reviewer'],
  'replies.code': ['evaluator'],
  'reports.export': ['evaluator'],
  'figures.read': ['evaluator', 'scheduler'],
  'accounts.pace': ['scheduler', 'administrator'],
  'accounts.connect': ['administrator'],
  'members.manage': ['administrator'],
  'organisation.edit': ['administrator'],
  'trail.read': ['administrator', 'reviewer', 'evaluator'],
  'rehearsal.control': ['administrator', 'scheduler'],
  'demo.load': ['administrator'],
  'demo.remove': ['administrator'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether somebody who holds these roles may do this; several roles add up. */
export function mayDo(roles: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = PERMISSIONS[permission];
  return roles.some((role) => allowed.includes(role));
}
