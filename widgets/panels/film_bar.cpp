// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/film_bar.h"
#include "widgets/viewmodel/film_source.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>
#include <QToolButton>

namespace headlens {
namespace {

QString timeText(double seconds)
{
    const int whole = int(seconds);
    return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

FilmBar::FilmBar(FilmPlayer* player, QWidget* parent)
    : QWidget(parent), m_player(player), m_back(new QToolButton), m_play(new QToolButton), m_forward(new QToolButton),
      m_close(new QToolButton), m_place(new QSlider(Qt::Horizontal)), m_text(new QLabel)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(6, 2, 6, 2);
    for (QToolButton* button : {m_back, m_play, m_forward}) layout->addWidget(button);
    layout->addWidget(m_place, 1);
    layout->addWidget(m_text);
    layout->addWidget(m_close);
    m_back->setIcon(style()->standardIcon(QStyle::SP_MediaSkipBackward));
    m_forward->setIcon(style()->standardIcon(QStyle::SP_MediaSkipForward));
    m_close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    for (QToolButton* button : {m_back, m_play, m_forward, m_close}) button->setAutoRaise(true);
    connect(m_back, &QToolButton::clicked, this, [this] { m_player->step(-1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { m_player->step(1); });
    connect(m_play, &QToolButton::clicked, this, [this] { m_player->setPlaying(!m_player->isPlaying()); });
    connect(m_close, &QToolButton::clicked, m_player, &FilmPlayer::close);
    connect(m_place, &QSlider::valueChanged, this, [this](int frame) { m_player->seek(frame); });
    connect(player, &FilmPlayer::changed, this, &FilmBar::follow);
    retranslate();
    follow();
}

void FilmBar::follow()
{
    setVisible(m_player->isOpen());
    if (!m_player->isOpen()) return;
    const bool camera = m_player->isCamera();
    m_play->setIcon(style()->standardIcon(m_player->isPlaying() ? QStyle::SP_MediaPause : QStyle::SP_MediaPlay));
    for (QWidget* widget :
         {static_cast<QWidget*>(m_back), static_cast<QWidget*>(m_forward), static_cast<QWidget*>(m_place)})
        widget->setVisible(!camera);
    const verbs::VideoInfo& film = m_player->film();
    const QSignalBlocker quiet(m_place);
    m_place->setRange(0, int(std::max<std::int64_t>(0, film.frames - 1)));
    if (!m_place->isSliderDown()) m_place->setValue(int(m_player->frame()));
    QString text = camera ? tr("camera") : tr("frame %1 of %2").arg(m_player->frame() + 1).arg(film.frames);
    if (!camera && film.framesPerSecond > 0)
        text += QStringLiteral(" · %1 / %2")
                    .arg(timeText(double(m_player->frame()) / film.framesPerSecond),
                         timeText(double(film.frames) / film.framesPerSecond));
    if (m_player->isPlaying()) text += tr(" · %1 a second").arg(m_player->shownPerSecond(), 0, 'f', 1);
    m_text->setText(text);
}

void FilmBar::retranslate()
{
    const auto name = [](QToolButton* button, const QString& text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    name(m_back, tr("One frame back"));
    name(m_forward, tr("One frame forward"));
    name(m_play, tr("Play or pause"));
    name(m_close, tr("Close the film"));
    m_place->setAccessibleName(tr("Place in the film"));
}

void FilmBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        follow();
    }
    QWidget::changeEvent(event);
}

} // namespace headlens
