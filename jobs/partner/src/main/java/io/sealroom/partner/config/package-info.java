/**
 * What an agent is started with: its configuration file, the environment and the command line, laid
 * over one another and checked.
 */
@NullMarked
package io.sealroom.partner.config;

import org.jspecify.annotations.NullMarked;
