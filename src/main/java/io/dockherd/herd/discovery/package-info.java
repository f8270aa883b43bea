/**
 * Where other members may be: a URL says how to look. Finding is not admitting: whoever is found
 * still has to hold the herd key. Way in: {@link io.dockherd.herd.discovery.Discovery#of}.
 */
package io.dockherd.herd.discovery;
