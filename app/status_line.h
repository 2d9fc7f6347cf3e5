// SPDX-License-Identifier: GPL-3.0-or-later
// The status bar: value under the mouse, progress with cancel, and what the engine runs on.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QStatusBar>
#include <QTimer>

class QLabel;
class QProgressBar;
class QToolButton;

namespace headlens {

class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    StatusLine(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);
    void setQuiet(bool quiet); // without the value: what it belongs to is covered

protected:
    void changeEvent(QEvent* event) override;

private:
    bool isOutsideWindow(const TokenLayout& layout, int token) const;
    bool isHiddenPatch(const TokenLayout& layout, int token) const;
    void showValue();
    void showTokenMap();
    void showHints();
    void onBusy(bool busy, const QString& what);

    InspectionModel* m_model;
    Selection* m_selection;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    QLabel *m_value, *m_what, *m_hints;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    QTimer m_patience; // short work shows no progress at all
};

} // namespace headlens
