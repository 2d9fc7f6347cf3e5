#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Collects the texts of the window into resources/i18n; untranslated ones are marked unfinished (a test counts them).
set -euo pipefail
cd "$(dirname "$0")/.."
# -I .: without the headers lupdate does not see the namespace, and the texts land in contexts nobody asks for.
# HEADLENS_TEXT marks the texts of the engine that the window translates: core knows no Qt.
/usr/lib/qt6/bin/lupdate app widgets core/attribution core/base core/interventions core/measures core/session -I . -tr-function-alias QT_TRANSLATE_NOOP+=HEADLENS_TEXT -locations none -no-obsolete -ts resources/i18n/headlens_zh_CN.ts
