// SPDX-License-Identifier: GPL-3.0-or-later
// One dot a head over the depth of the model: figure 7 of the ViT paper where the number is the distance. Shape and
// colour say the pattern, or the share on sinks. A click or the arrow keys choose a head. Window's thread.
#pragma once

#include "widgets/plots/chart.h"
#include "widgets/statistics/head_profiles.h"

#include <cstdint>
#include <functional>
#include <vector>

class QCPGraph;

namespace headlens {

enum class DotColour : std::uint8_t { Pattern, Sink };

class HeadScatter final : public Chart {
    Q_OBJECT
public:
    HeadScatter(HeadProfiles* profiles, QWidget* parent = nullptr);

    void setNumber(HeadNumber number);
    HeadNumber number() const { return m_number; }
    void setColour(DotColour colour);
    DotColour colour() const { return m_colour; }
    void setChosen(const HeadPlace& place);
    QPointF pointOf(const HeadPlace& place) const; // in pixels of this widget
    QString tipOf(const ProfiledHead& head) const;
    bool save(const QString& file); // as PNG, twice as fine as on the screen
    QSize minimumSizeHint() const override { return {200, 96}; }
    QSize sizeHint() const override { return {320, 160}; }

Q_SIGNALS:
    void chosen(const headlens::HeadPlace& place);

protected:
    void tell() override; // and draws all anew
    void style() override { tell(); }
    QString tipAt(const QPointF& point) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Group {
        QString name;
        int shape;
        QColor colour;
        std::function<bool(const ProfiledHead&)> holds;
    };
    std::vector<Group> groups() const;
    const ProfiledHead* headAt(const QPointF& point) const; // in pixels of the plot; null: none is near
    const ProfiledHead* nextOf(int key) const;
    void drawDeviations(QCPGraph* graph, const Group& group);
    void fitAxes();

    HeadProfiles* m_profiles;
    QCPGraph* m_ring = nullptr; // around the chosen one
    HeadNumber m_number = HeadNumber::Distance;
    DotColour m_colour = DotColour::Pattern;
    HeadPlace m_chosen{0, 0};
};

} // namespace headlens
