/**
 * {@code dockherd manage}: one process in front of engines it reaches over TCP, as classic Swarm's
 * manager was; no node beside them, no herd key. Way in: {@link io.dockherd.node.manage.Manager}.
 */
package io.dockherd.node.manage;
