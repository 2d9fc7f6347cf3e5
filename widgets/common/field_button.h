// SPDX-License-Identifier: GPL-3.0-or-later
// Says what is open, its name first and what is known of it behind, and opens a menu. What does not fit ends in "…";
// the whole of it is the tool tip.
#pragma once

#include <QToolButton>

namespace headlens {

class FieldButton : public QToolButton {
    Q_OBJECT
public:
    explicit FieldButton(QWidget* parent = nullptr);

    // `name` is what stands out; `what` says to screen readers and tool tips which thing it is ("Model").
    void say(const QString& what, const QString& name, const QString& detail = {});
    QString name() const { return m_name; }
    QString detail() const { return m_detail; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QFont bold() const;
    int frameWidth() const; // what stands beside the text

    QString m_name, m_detail;
};

} // namespace headlens
