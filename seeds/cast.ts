import type { Role } from '../server/domain/roles.ts';

export interface DemoMember {
  name: string;
  email: string;
  roles: readonly Role[];
}

/** The fictional staff of the Open Door Collective, one for each task; `.example` addresses reach nobody. */
export const CAST = {
  drafter: { name: 'Amal Benali', email: 'amal@opendoor.example', roles: ['drafter'] },
  reviewer: { name: 'Rania Haddad', email: 'rania@opendoor.example', roles: ['reviewer'] },
  scheduler: { name: 'Joris Peeters', email: 'joris@opendoor.example', roles: ['scheduler'] },
  evaluator: { name: 'Claire Dumont', email: 'claire@opendoor.example', roles: ['evaluator'] },
  administrator: { name: 'Ines Moreau', email: 'ines@opendoor.example', roles: ['administrator'] },
} as const satisfies Record<Role, DemoMember>;
