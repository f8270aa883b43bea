/** Who is in the herd: a name, addresses and ports for each present peer, names unique. */
package io.dockherd.herd.members;
