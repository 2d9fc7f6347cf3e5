// SPDX-License-Identifier: GPL-3.0-or-later
// Marks a text of the engine that the window translates, in this context: core knows no Qt. tools/translations.sh
// collects them.
#pragma once

#define HEADLENS_TEXT(context, text) text
