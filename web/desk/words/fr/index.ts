// What the desk's page itself says in French; what the town says comes from the server. A language is one folder like this one.
import { abuse } from './abuse';
import { acts } from './admin/acts';
import { administration } from './admin/administration';
import { details } from './admin/details';
import { programs } from './admin/programs';
import { rights } from './admin/rights';
import { campaigns } from './campaigns';
import { conversations } from './conversations';
import { entry } from './entry';
import { faults } from './faults';
import { figures } from './figures';
import { files } from './files';
import { knowledge } from './knowledge';
import { many } from './many';
import { page } from './page';
import { filters } from './requests/filters';
import { handOver } from './requests/hand-over';
import { map } from './requests/map';
import { progress } from './requests/progress';
import { requests } from './requests/requests';
import { training } from './training';

export const fr = {
  ...page,
  ...entry,
  ...conversations,
  ...requests,
  ...administration,
  abuse,
  acts,
  campaigns,
  details,
  faults,
  figures,
  files,
  filters,
  handOver,
  knowledge,
  many,
  map,
  programs,
  progress,
  rights,
  training,
};

export type Words = typeof fr;
