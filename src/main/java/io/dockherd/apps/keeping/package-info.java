/**
 * What is written of apps and what is told of them: records, and the facts of their instances. The
 * way in is {@link io.dockherd.apps.keeping.HerdApps}, the herd's {@link io.dockherd.apps.Apps}.
 */
package io.dockherd.apps.keeping;
