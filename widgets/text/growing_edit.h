// SPDX-License-Identifier: GPL-3.0-or-later
// A field of plain text that is as high as what stands in it, within limits.
#pragma once

#include <QPlainTextEdit>

namespace headlens {

class GrowingEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    GrowingEdit(int least, int most, QWidget* parent = nullptr); // lines
    void setMost(int most);

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

private:
    int lines() const;
    void fit();
    void wrapAnew();

    int m_least, m_most;
};

} // namespace headlens
