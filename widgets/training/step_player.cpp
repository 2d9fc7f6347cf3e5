// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/training/step_player.h"

#include "widgets/training/training_record.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace headlens {

StepPlayer::StepPlayer(QWidget* parent)
    : QWidget(parent), m_slider(new QSlider(Qt::Horizontal)), m_first(new QToolButton), m_play(new QToolButton),
      m_last(new QToolButton), m_text(new QLabel)
{
    build();
    connect(m_slider, &QSlider::valueChanged, this, &StepPlayer::setStep);
    connect(m_first, &QToolButton::clicked, this, [this] { setStep(0); });
    connect(m_last, &QToolButton::clicked, this, [this] { setStep(last()); });
    connect(m_play, &QToolButton::clicked, this, [this] { play(!isPlaying()); });
    connect(&m_glide, &QVariantAnimation::valueChanged, this, [this](const QVariant& at) { go(at.toDouble()); });
    connect(&m_glide, &QVariantAnimation::stateChanged, this, &StepPlayer::tell);
    m_calm.setInterval(kCalmMs);
    connect(&m_calm, &QTimer::timeout, this, [this] {
        if (step() + 1 >= last()) m_calm.stop();
        go(step() + 1);
    });
    retranslate();
}

void StepPlayer::build()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 2, 6, 4);
    layout->setSpacing(2);
    layout->addWidget(m_slider);
    auto* line = new QHBoxLayout;
    layout->addLayout(line);
    for (QToolButton* button : {m_first, m_play, m_last}) line->addWidget(button);
    line->addStretch(1);
    line->addWidget(m_text);
    m_text->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void StepPlayer::setSteps(const std::vector<std::int64_t>& steps)
{
    stop();
    m_steps = steps;
    {
        const QSignalBlocker quiet(m_slider);
        m_slider->setRange(0, std::max(0, last()));
        m_slider->setPageStep(std::max(1, last() / 10));
    }
    m_position = std::max(0, last());
    retranslate();
    Q_EMIT moved(m_position);
}

int StepPlayer::step() const
{
    return std::clamp(stepAt(m_position), 0, std::max(0, last()));
}

void StepPlayer::setStep(int step)
{
    stop();
    go(step);
}

void StepPlayer::go(double position)
{
    m_position = std::clamp(position, 0.0, double(std::max(0, last())));
    tell();
    Q_EMIT moved(m_position);
}

void StepPlayer::stop()
{
    m_glide.stop();
    m_calm.stop();
    tell();
}

void StepPlayer::play(bool on)
{
    stop();
    if (!on || last() < 1) return;
    if (step() >= last()) go(0);
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0) {
        {
            const QSignalBlocker quiet(m_glide); // it would tell where the last play ended
            m_glide.setStartValue(m_position);
            m_glide.setEndValue(double(last()));
            m_glide.setDuration(std::max(1, int(kWholeMs * (last() - m_position) / last())));
        }
        m_glide.start();
    } else {
        m_calm.start();
    }
    tell();
}

QString StepPlayer::text() const
{
    if (m_steps.empty()) return {};
    const auto said = [&](std::int64_t step) { return QLocale().toString(qlonglong(step)); };
    return tr("step %1 of %2").arg(said(m_steps[std::size_t(step())]), said(m_steps.back()));
}

bool StepPlayer::takeKey(int key)
{
    switch (key) {
    case Qt::Key_Left: setStep(step() - 1); return true;
    case Qt::Key_Right: setStep(step() + 1); return true;
    case Qt::Key_PageUp: setStep(step() + m_slider->pageStep()); return true;
    case Qt::Key_PageDown: setStep(step() - m_slider->pageStep()); return true;
    case Qt::Key_Home: setStep(0); return true;
    case Qt::Key_End: setStep(last()); return true;
    case Qt::Key_Space: play(!isPlaying()); return true;
    default: return false;
    }
}

void StepPlayer::tell()
{
    const QSignalBlocker quiet(m_slider);
    m_slider->setValue(step());
    m_text->setText(text());
    m_play->setText(isPlaying() ? tr("Pause") : tr("Play"));
}

// Label and button are as wide as they ever get: they must not lay the view out again at every step.
void StepPlayer::retranslate()
{
    m_first->setText(tr("First"));
    m_last->setText(tr("Last"));
    m_first->setToolTip(tr("To the first recorded step"));
    m_last->setToolTip(tr("To the last recorded step"));
    m_play->setToolTip(tr("Goes through all recorded steps in six seconds (space bar)"));
    m_slider->setAccessibleName(tr("Step of the training"));
    m_play->setText(tr("Pause"));
    int widest = m_play->sizeHint().width();
    m_play->setText(tr("Play"));
    m_play->setFixedWidth(std::max(widest, m_play->sizeHint().width()));
    const QString most = m_steps.empty() ? QString() : QLocale().toString(qlonglong(m_steps.back()));
    m_text->setFixedSize(fontMetrics().horizontalAdvance(tr("step %1 of %2").arg(most, most)) + 4,
                         m_play->sizeHint().height());
    tell();
}

void StepPlayer::hideEvent(QHideEvent*)
{
    stop();
}

void StepPlayer::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) retranslate();
    QWidget::changeEvent(event);
}

} // namespace headlens
