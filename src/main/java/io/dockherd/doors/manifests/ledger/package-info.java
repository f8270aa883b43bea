/**
 * The manifests as they were written, and what happened to them, in one order for the whole herd:
 * {@link io.dockherd.doors.manifests.ledger.Ledger}. Knows the herd's records, nothing of apps.
 */
package io.dockherd.doors.manifests.ledger;
