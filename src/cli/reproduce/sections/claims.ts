import { formatCount } from '../../../report/format-number.ts';
import { claims as allClaims } from '../../../theorems/claims/index.ts';
import { findingHolds } from '../../../theorems/finding.ts';
import { verify } from '../../../theorems/verify.ts';
import type { Row } from '../row.ts';
import { statement } from '../rules.ts';
import type { Section } from '../section.ts';

/** The theorems, and a false version of each. */
export const claims: Section = {
  id: 'claims',
  title: 'The claims',
  about: `${allClaims.length} claims, each checked case by case or by tests of which any raises a false alarm with probability 10⁻⁶; and a false twin of each, which the same check must reject.`,
  async reproduce({ checking, setting }) {
    const rows: Row[] = [];
    for await (const { claim, holds, findings } of verify(allClaims, checking)) {
      const { wrongTwin } = allClaims.find(({ id }) => id === claim.id)!;
      const held = findings.filter((finding) => finding.holds).length;
      const said = { source: `theory, ${claim.id}: ${claim.source}` };
      const drawn = `${held} of ${formatCount(findings.length)} findings hold`;
      rows.push(
        statement({ ...said, claim: `${claim.id}: ${claim.statement}` }, 'holds', drawn, holds, claim.conditions),
      );
      const ofTwin = await wrongTwin.check(setting(claim.id));
      const rejected = ofTwin.filter((finding) => !findingHolds(finding, checking.alpha)).length;
      const told = `${rejected} of ${ofTwin.length} findings are against it`;
      const how = 'the check of the claim rejects it';
      rows.push(
        statement({ ...said, claim: `${claim.id}, wrong twin: ${wrongTwin.says}` }, 'false', told, rejected > 0, how),
      );
    }
    return { rows };
  },
};
