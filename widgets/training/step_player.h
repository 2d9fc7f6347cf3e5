// SPDX-License-Identifier: GPL-3.0-or-later
// Goes through the recorded steps of a training: slider, first, play, last, and which step it is. Window's thread.
#pragma once

#include <QTimer>
#include <QVariantAnimation>
#include <QWidget>

#include <cstdint>
#include <vector>

class QLabel;
class QSlider;
class QToolButton;

namespace headlens {

class StepPlayer : public QWidget {
    Q_OBJECT
public:
    static constexpr int kWholeMs = 6000; // playing takes this long from the first step to the last
    static constexpr int kCalmMs = 500;   // a step, where the desktop asks for less motion
    explicit StepPlayer(QWidget* parent = nullptr);

    void setSteps(const std::vector<std::int64_t>& steps); // and goes to the last one
    double position() const { return m_position; }         // while it plays also between two steps
    int step() const;
    void setStep(int step); // stops playing
    void play(bool on);     // from the beginning where it stands at the end
    bool isPlaying() const { return m_glide.state() == QAbstractAnimation::Running || m_calm.isActive(); }
    QString text() const; // "step 1,850 of 4,000"
    // What arrow keys, Home, End, Page up and down and the space bar do; false for others.
    bool takeKey(int key);

Q_SIGNALS:
    void moved(double position);

protected:
    void changeEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    void go(double position);
    void stop();
    void tell();
    void retranslate();
    int last() const { return int(m_steps.size()) - 1; }

    std::vector<std::int64_t> m_steps;
    double m_position = 0;
    QSlider* m_slider;
    QToolButton *m_first, *m_play, *m_last;
    QLabel* m_text;
    QVariantAnimation m_glide{this}; // the whole way takes kWholeMs
    QTimer m_calm;
};

} // namespace headlens
