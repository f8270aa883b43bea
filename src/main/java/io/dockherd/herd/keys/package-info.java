/**
 * What admits: the herd key, its two authorities (one for members, one for clients), and the
 * certificates they issue. Way in: {@link io.dockherd.herd.keys.HerdKey}. Certificates are written
 * here ({@link io.dockherd.herd.keys.Der}) and read by the JDK.
 */
package io.dockherd.herd.keys;
