// SPDX-License-Identifier: GPL-3.0-or-later
// Which layer is looked at: play, the layers as bars, and the number of the chosen one. Window's thread.
#pragma once

#include "widgets/canvas/layer_bars.h"

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

namespace headlens {

class LayerScrubber : public QWidget {
    Q_OBJECT
public:
    LayerScrubber(InspectionModel* model, HeadChoice* heads, QWidget* parent = nullptr);

    void setPlayAction(QAction* play); // checkable: on while it plays
    LayerBars* bars() const { return m_bars; }
    QToolButton* playButton() const { return m_play; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void followPlay();
    void retranslate();

    HeadChoice* m_heads;
    QAction* m_playing = nullptr;
    QToolButton *m_play, *m_name;
    LayerBars* m_bars;
    QLabel* m_number;
};

} // namespace headlens
