// SPDX-License-Identifier: GPL-3.0-or-later
// Play, step and scrub a film; shown only while one is open.
#pragma once

#include "widgets/viewmodel/film_player.h"

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace headlens {

class FilmBar : public QWidget {
    Q_OBJECT
public:
    explicit FilmBar(FilmPlayer* player, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void follow();
    void retranslate();

    FilmPlayer* m_player;
    QToolButton *m_back, *m_play, *m_forward, *m_close;
    QSlider* m_place;
    QLabel* m_text;
};

} // namespace headlens
