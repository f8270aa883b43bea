/**
 * Those who follow facts or records: each is told on a virtual thread of its own, in order, and one
 * that falls behind costs a bounded backlog. Way in: {@link io.dockherd.herd.audience.Audience}.
 * Knows nothing of what is told.
 */
package io.dockherd.herd.audience;
