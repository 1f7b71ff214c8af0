import type { Member } from '../../domain/member.ts';
import { NETWORK_NAMES, NETWORKS, type Network } from '../../domain/network.ts';
import { mayDo } from '../../domain/roles.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

interface RehearsalFacts {
  /** Where the stand-in for each network answers, without a slash at the end. */
  urls: Readonly<Record<Network, string>>;
  hasDemo: boolean;
  mayLoad: boolean;
}

/** The stand-in networks with their pages, and the demo world. */
export function rehearsalPage({ urls, hasDemo, mayLoad }: RehearsalFacts, member: Member, speak: Speak) {
  return {
    title: speak.t('rehearsal.title'),
    networks: NETWORKS.map((network) => ({
      name: NETWORK_NAMES[network],
      timeline: `${urls[network]}/rehearsal/${network}`,
      settings: `${urls[network]}/rehearsal/${network}/settings`,
    })),
    accountsPath: paths.accounts,
    hasDemo,
    removePath: hasDemo && mayDo(member.roles, 'demo.remove') ? paths.demoWorldRemoval : null,
    loadPath: !hasDemo && mayLoad && mayDo(member.roles, 'demo.load') ? paths.demoWorld : null,
  };
}
