// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to files of models beside opening them: converted, and told what they cannot say themselves.
#pragma once

#include <QObject>

class QWidget;

namespace headlens {

class InspectionModel;
class MessageBar;

class ModelFiles : public QObject {
    Q_OBJECT
public:
    ModelFiles(InspectionModel* model, MessageBar* messages, QWidget* window);

    // What the command line gives with --set: the model is opened again with it.
    void changeSettings();
    // A PyTorch checkpoint to safetensors; asks which and where.
    void convert();

private:
    InspectionModel* m_model;
    MessageBar* m_messages;
    QWidget* m_window;
};

} // namespace headlens
