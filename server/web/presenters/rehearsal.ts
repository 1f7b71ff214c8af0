import type { Member } from '../../domain/member.ts';
import { NETWORK_NAMES, type Network } from '../../domain/network.ts';
import { mayDo } from '../../domain/roles.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

/** Networks that have a stand-in. */
const STAND_INS: readonly Network[] = ['x'];

interface RehearsalFacts {
  /** Where the stand-ins answer, without a slash at the end. */
  url: string;
  hasDemo: boolean;
  mayLoad: boolean;
}

/** The stand-in networks with their pages, and the demo world. */
export function rehearsalPage({ url, hasDemo, mayLoad }: RehearsalFacts, member: Member, speak: Speak) {
  return {
    title: speak.t('rehearsal.title'),
    networks: STAND_INS.map((network) => ({
      name: NETWORK_NAMES[network],
      timeline: `${url}/rehearsal/${network}`,
      settings: `${url}/rehearsal/${network}/settings`,
    })),
    accountsPath: paths.accounts,
    hasDemo,
    removePath: hasDemo && mayDo(member.roles, 'demo.remove') ? paths.demoWorldRemoval : null,
    loadPath: !hasDemo && mayLoad && mayDo(member.roles, 'demo.load') ? paths.demoWorld : null,
  };
}
